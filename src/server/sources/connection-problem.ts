import type { FailureReason } from '../../amiws/amiws-socket';
import { sentence, type Sentence, type Text } from '../../sentences/sentence';
import type { Connection, PbxConnection } from '../ask/status';

type Advice = Partial<Readonly<Record<FailureReason, Sentence>>>;

const closed = sentence('connection.closed');
const dns = sentence('connection.dns');

const ofAmiws: Advice = {
  refused: sentence('connection.amiws.refused'),
  certificate: sentence('connection.amiws.certificate'),
  'not-amiws': sentence('connection.amiws.not-amiws'),
  dns,
  timeout: sentence('connection.amiws.timeout'),
  unauthorized: sentence('connection.amiws.unauthorized'),
  closed,
};

const ofAmi: Advice = {
  refused: sentence('connection.ami.refused'),
  certificate: sentence('connection.ami.certificate'),
  'not-ami': sentence('connection.ami.not-ami'),
  dns,
  timeout: sentence('connection.ami.timeout'),
  login: sentence('connection.ami.login'),
  'in-use': sentence('connection.ami.in-use'),
  'clear-text': sentence('connection.ami.clear-text'),
  closed: sentence('connection.ami.closed'),
};

/** Why amiws is not connected, and what to do. */
export function amiwsProblem(connection: Failed): Text {
  return problem(connection, ofAmiws);
}

/** Why the AMI of a PBX is not connected, and what to do. */
export function amiProblem(connection: Failed & Pick<PbxConnection, 'problem'>): Text {
  return connection.problem === null
    ? problem(connection, ofAmi)
    : [sentence(`connection.settings.${connection.problem}`)];
}

type Failed = Pick<Connection, 'reason' | 'detail'>;

function problem({ reason, detail }: Failed, advice: Advice): Text {
  const next = advice[reason ?? 'timeout'] ?? closed;
  return detail === null ? [next] : [detail, next];
}
