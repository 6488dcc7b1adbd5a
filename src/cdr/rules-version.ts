/**
 * Version of the code's own rules: how calls, visits and legs are made of records and events. Whoever corrects one of them
 * counts it up, so that what is stored is derived again.
 */
export const rulesVersion = 8;
