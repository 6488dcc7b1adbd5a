/** Someone as Grafana tells of him. */
export interface GrafanaUser {
  login: string;
  name: string;
  email: string;
  /** In the organization. */
  role: string;
}

/**
 * Names under which Grafana asks for itself, each with the role Admin.
 * Source: grafana/grafana, pkg/apimachinery/identity/context.go (`service` is the visitor of a public dashboard) and
 * pkg/services/ngalert/schedule (`grafana_scheduler`).
 */
const ownLogins: ReadonlySet<string> = new Set(['', 'service', 'provisioning', 'grafana_scheduler']);

/**
 * The role of a person in the organization; empty, which counts as a Viewer's, for all others: nobody who is logged in, a
 * service account (its token is passed on), Grafana itself. A person has an e-mail address or a name besides the login.
 */
export function personRole(user: GrafanaUser | undefined): string {
  if (!user) {
    return '';
  }
  const { login, name, email, role } = user;
  const isMachine = ownLogins.has(login) || login.startsWith('sa-') || (email === '' && name === login);
  return isMachine ? '' : role;
}
