import * as v from 'valibot';
import { PluginError } from '../../plugin-protocol/plugin';
import type { Configured } from '../sources/roles';
import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

const schema = v.object({ server: v.string() });

/**
 * Removes a PBX that was taken out of service: until then its absence is a gap. Its calls stay.
 * @throws PluginError when the body names no PBX, or one that is heard; Error where the store does not take it
 */
export async function forgetServer(
  source: Pick<Configured, 'forgetServer'>,
  body: unknown
): Promise<{ forgotten: string }> {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) {
    throw new PluginError('Expected the name of a PBX, as {"server": "…"}.', 'downstream');
  }
  const { server } = parsed.output;
  if (!(await source.forgetServer(server))) {
    throw new Refusal([sentence('request.pbx-heard', { server: JSON.stringify(server) })], 'downstream');
  }
  return { forgotten: server };
}
