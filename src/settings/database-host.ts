/** The folder of a socket on this machine, as PostgreSQL's clients name it. */
export function isSocketFolder(host: string): boolean {
  return /^\/[^\s\\]+$/.test(host);
}

/** A name or an address of a machine, and no path. */
export function isHostName(host: string): boolean {
  return /^[^\s/\\]+$/.test(host);
}

/** What a connection may be made to. */
export function isDatabaseHost(host: string): boolean {
  return isHostName(host) || isSocketFolder(host);
}

/** True where nobody stands between: what is sent does not leave this machine. */
export function isThisMachine(host: string): boolean {
  return isSocketFolder(host) || /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}
