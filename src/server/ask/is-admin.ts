import type { PluginContext } from '../../plugin-protocol/plugin';

/**
 * Whether a request comes from an Admin of the organization, or with the token of a service account that is one: folders,
 * files and addresses are for them. A visitor of a public dashboard, whom Grafana sends as `service`, is none.
 */
export function isAdmin({ user }: PluginContext): boolean {
  return user?.role === 'Admin' && user.login !== 'service' && user.login !== '';
}
