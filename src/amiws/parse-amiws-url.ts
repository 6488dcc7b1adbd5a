/** Why an address can't be that of amiws. */
export type AmiwsUrlProblem = 'no-scheme' | 'http' | 'other-scheme' | 'user' | 'unreadable';

/**
 * Host, port, path and query as they are written, in ASCII: whatever a lenient reader would make of other spellings, such
 * as backslashes, missing slashes, tabs or escapes in the host, is refused.
 */
const restPattern =
  /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[\w.~!$&'()*+,;=:%-]*)*(?:\?[\w.~!$&'()*+,;=:%/?-]*)?$/i;

/** The address of amiws, ws:// or wss:// with a host and without a user, as it is used; or what is wrong with it. */
export function parseAmiwsUrl(text: string): { url: string } | { problem: AmiwsUrlProblem } {
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim())!;
  if (/@|%40/i.test(rest)) {
    return { problem: 'user' };
  }
  if (scheme === '') {
    return { problem: /^[a-z][a-z0-9+.-]*:[/\\]/i.test(rest) ? 'unreadable' : 'no-scheme' };
  }
  if (/^https?$/i.test(scheme)) {
    return { problem: 'http' };
  }
  if (!/^wss?$/i.test(scheme)) {
    return { problem: 'other-scheme' };
  }
  const url = `${scheme.toLowerCase()}://${rest}`;
  return restPattern.test(rest) && URL.canParse(url) ? { url } : { problem: 'unreadable' };
}
