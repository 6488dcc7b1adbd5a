import { createHash } from 'node:crypto';
import { sentence } from '../sentences/sentence';
import type { SocketFailure } from '../amiws/amiws-socket';

/** Classes of events that something reads. The user may have others. */
const classes = 'system,call,agent,cdr';
/** Answers to a login that are quoted; all others are not. */
const knownRefusals: ReadonlySet<string> = new Set(['Authentication failed', 'Permission denied']);

/** With `allowmultiplelogin = no` in manager.conf, while the user has another session. The secret may be right. */
const inUse = 'Login Already In Use';

type Action = Readonly<Record<string, string>>;

/** What follows an answer: another action, the end of the login, or its failure. */
export type LoginStep = { send: Action } | 'logged in' | { failure: SocketFailure };

export interface LoginOptions {
  user: string;
  secret: string;
  /** Whether nobody else can read what is sent. */
  isPrivate: boolean;
}

/**
 * Logs in to an AMI. By a challenge (MD5), by which the secret is not sent; where the PBX gives none, with the secret
 * itself, but never where others could read it.
 */
export class AmiLogin {
  private isChallenged = false;

  constructor(private readonly options: LoginOptions) {}

  /** The first action. */
  readonly start: Action = { Action: 'Challenge', AuthType: 'MD5' };

  /** @param fields of the answer to the last action */
  answered(fields: Action): LoginStep {
    if (this.isChallenged) {
      return fields.Response === 'Success' ? 'logged in' : refused(fields);
    }
    this.isChallenged = true;
    const { secret, isPrivate } = this.options;
    if (fields.Response === 'Success' && fields.Challenge !== undefined) {
      const key = createHash('md5').update(`${fields.Challenge}${secret}`).digest('hex');
      return { send: this.login({ AuthType: 'MD5', Key: key }) };
    }
    return isPrivate
      ? { send: this.login({ Secret: secret }) }
      : { failure: { reason: 'clear-text', detail: sentence('connection.found.no-challenge') } };
  }

  private login(proof: Action): Action {
    return { Action: 'Login', Username: this.options.user, ...proof, Events: classes };
  }
}

function refused({ Message: message }: Action): LoginStep {
  if (message === inUse) {
    return { failure: { reason: 'in-use', detail: sentence('connection.found.login-refused', { answer: message }) } };
  }
  const detail =
    message !== undefined && knownRefusals.has(message)
      ? sentence('connection.found.login-refused', { answer: message })
      : sentence('connection.found.login-error');
  return { failure: { reason: 'login', detail } };
}
