/**
 * What `Dial` was to reach, named as its channels would be: `PJSIP/15551234@provider,30` and `PJSIP/provider/15551234` lead
 * to `PJSIP/provider-00000000`. Source: Asterisk app_dial and the channel drivers' dial strings; before 1.6 `|` stood for
 * the comma.
 */
export function dialledTo(lastData: string): string[] {
  const [targets = ''] = lastData.split(/[,|]/, 1);
  return targets.split('&').flatMap((target) => {
    const [technology, resource] = target.split('/');
    const endpoint = resource?.slice(resource.lastIndexOf('@') + 1).split(':', 1)[0];
    return technology && endpoint ? `${technology}/${endpoint}-00000000` : [];
  });
}
