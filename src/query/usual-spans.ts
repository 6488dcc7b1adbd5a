/** Hours in which a lost caller is called back or comes through, where a query says nothing. */
export const usualCallBackHours = 24;
/** Days in which another call of a number is a repeated one, where a query says nothing. */
export const usualRepeatDays = 7;
