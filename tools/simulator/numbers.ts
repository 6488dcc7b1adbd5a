/** Number that leads from outside to an extension, as it is dialled. */
export function didOf(exten: string): string {
  return `1212555${exten.padStart(4, '0')}`;
}

/** Number that calls through a trunk are shown with, whoever calls. */
export function trunkNumber(device: string): string {
  return device === 'PJSIP/trunk-acme' ? '12125550100' : '12125550190';
}
