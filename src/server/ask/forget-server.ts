import * as v from 'valibot';
import { PluginError } from '../../plugin-protocol/plugin';
import type { Configured } from '../sources/roles';

const schema = v.object({ server: v.string() });

/**
 * Removes a PBX that was taken out of service: until then its absence is a gap. Its calls stay.
 * @throws PluginError when the body names no PBX, or one that is heard
 */
export function forgetServer(source: Pick<Configured, 'forgetServer'>, body: unknown): { forgotten: string } {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) {
    throw new PluginError('Expected the name of a PBX, as {"server": "…"}.', 'downstream');
  }
  const { server } = parsed.output;
  if (!source.forgetServer(server)) {
    throw new PluginError(
      `The PBX ${JSON.stringify(server)} is heard now. Take it out of amihosts in amiws.yaml first.`,
      'downstream'
    );
  }
  return { forgotten: server };
}
