/** An action as the AMI reads it, `Key: value` lines in order. What would begin another line is left out. */
export function encodeAction(fields: Readonly<Record<string, string>>): string {
  // eslint-disable-next-line no-control-regex
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value.replace(/[\u0000-\u001f]/g, ' ')}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
