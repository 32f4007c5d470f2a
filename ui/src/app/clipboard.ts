// Text that has to be read first goes onto the clipboard by a promise: the window allows a copy
// only right after a key was pressed, and reading many rows may take longer.

export async function copyText(text: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === 'undefined') {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const type = 'text/plain';
  const blob = text.then((all) => new Blob([all], { type }));
  await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
}
