/**
 * Lets the browser write what is answered to a file, as it comes. Parameters are posted, since proxies cut long addresses, and the
 * answer goes to a frame that nobody sees: an error in its place would take the page away.
 */
export function downloadByForm(address: string, parameters: URLSearchParams): void {
  const frame = document.createElement('iframe');
  frame.name = `export-${document.getElementsByTagName('iframe').length}`;
  frame.hidden = true;
  const form = document.createElement('form');
  form.method = 'post';
  form.action = address;
  form.target = frame.name;
  form.hidden = true;
  for (const [name, value] of parameters) {
    const field = document.createElement('input');
    field.name = name;
    field.value = value;
    form.append(field);
  }
  // The frame stays: a download that waits for its turn begins in it.
  document.body.append(frame, form);
  form.submit();
  form.remove();
}
