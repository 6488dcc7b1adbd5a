import { describeDirect } from './describe-direct';
import { describeHour } from './describe-hour';
import { asterisk16 } from './installation';

describeHour(asterisk16);
describeDirect(asterisk16);
