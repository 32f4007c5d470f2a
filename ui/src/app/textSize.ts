// The size that text has in truth: what the person chose in the system and in the window.

/** In pixels, what the window was drawn for. */
export const DRAWN_FOR = 16;

export function textSize(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return size > 0 ? size : DRAWN_FOR;
}

/** Tells of every new size. Nothing tells of one but what is measured by it. */
export function watchText(listener: () => void): () => void {
  if (typeof ResizeObserver !== 'function') return () => {};
  const probe = document.createElement('span');
  probe.setAttribute('aria-hidden', 'true');
  probe.style.cssText = 'position:absolute;inline-size:1rem;block-size:0;visibility:hidden';
  document.body.append(probe);
  const observer = new ResizeObserver(listener);
  observer.observe(probe);
  return () => {
    observer.disconnect();
    probe.remove();
  };
}
