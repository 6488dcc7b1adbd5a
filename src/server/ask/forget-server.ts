import * as v from 'valibot';
import { PluginError } from '../../plugin-protocol/plugin';
import type { Configured } from '../sources/roles';
import { listensToAmiws, pbxesOf } from '../../settings/pbx-settings';
import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

const schema = v.object({ server: v.string() });

/**
 * Removes a PBX that was taken out of service: until then its absence is a gap. Its calls stay.
 * @throws PluginError when the body names no PBX, or one that is heard; Error where the store does not take it
 */
export async function forgetServer(
  source: Pick<Configured, 'forgetServer' | 'settings'>,
  body: unknown
): Promise<{ forgotten: string }> {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) {
    throw new PluginError('Expected the name of a PBX, as {"server": "…"}.', 'downstream');
  }
  const { server } = parsed.output;
  if (!(await source.forgetServer(server))) {
    const isLoggedInTo = pbxesOf(source.settings).some((pbx) => pbx.server === server);
    const id = isLoggedInTo || !listensToAmiws(source.settings) ? 'request.pbx-heard-ami' : 'request.pbx-heard';
    throw new Refusal([sentence(id, { server: JSON.stringify(server) })], 'downstream');
  }
  return { forgotten: server };
}
