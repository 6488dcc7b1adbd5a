import type { Installation } from './installation';

/**
 * What a phone does when it is called: answers after a second, or after four; rings for ever; sends the caller on to
 * `movedTo` (302).
 */
export const behaviours = ['answers', 'answers-late', 'rings', 'moves'] as const;
export type Behaviour = (typeof behaviours)[number];

/** Where phones that send callers on send them. */
export const movedTo = '1042';

/** Phones by extension; the others answer. The outside world answers at the trunk provider-beta. */
const special: Readonly<Record<number, Behaviour>> = {
  1002: 'rings',
  1005: 'rings',
  1025: 'rings',
  1026: 'rings',
  1028: 'rings',
  1036: 'answers-late',
  1041: 'moves',
  1043: 'rings',
  1047: 'rings',
  1053: 'answers-late',
  1054: 'rings',
  1057: 'answers-late',
};

const extensions = Array.from({ length: 60 }, (_, n) => 1001 + n);

/** One SIPp is all the phones that do the same. */
export const phonePort = ({ phones }: Installation, behaviour: Behaviour): number =>
  phones + behaviours.indexOf(behaviour);

/** Endpoints of all phones for pjsip.conf, and the contact of the trunk to the outside world. */
export function phoneConfig(installation: Installation): string {
  const contact = (name: string, behaviour: Behaviour): string =>
    `[${name}]\ntype = aor\ncontact = sip:${name}@127.0.0.1:${phonePort(installation, behaviour)}\n`;
  const phones = extensions.map(
    (extension) =>
      `[${extension}](phone)\ncontext = internal\ncallerid = Agent ${extension} <${extension}>\naors = ${extension}\n\n` +
      contact(String(extension), special[extension] ?? 'answers')
  );
  return [contact('provider-beta', 'answers'), ...phones].join('\n');
}
