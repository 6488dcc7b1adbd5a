import { describeDirect } from './describe-direct';
import { describeHour } from './describe-hour';
import { asterisk22 } from './installation';

describeHour(asterisk22);
describeDirect(asterisk22);
