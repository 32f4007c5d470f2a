const [how, ...what] = arguments;

const TAGS = {
  button: 'button, summary, input[type=button], input[type=submit]',
  link: 'a[href]',
  textbox: 'input:not([type]), input[type=text], input[type=email], input[type=url], input[type=password], textarea',
  searchbox: 'input[type=search]',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  combobox: 'select',
  option: 'option',
  heading: 'h1, h2, h3, h4, h5, h6',
  row: 'tr',
  cell: 'td',
  columnheader: 'th',
  list: 'ul, ol',
  listitem: 'li',
  navigation: 'nav',
  main: 'main',
  dialog: 'dialog',
  img: 'img',
};

const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

/** The text as it is read out: what is hidden from readers is left out. */
function spoken(element) {
  if (!element.querySelector('[aria-hidden=true]')) return tidy(element.textContent);
  const copy = element.cloneNode(true);
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  return tidy(copy.textContent);
}

function name(element) {
  const labelledby = element.getAttribute('aria-labelledby');
  if (labelledby) {
    const labels = labelledby.split(/\s+/).map((id) => document.getElementById(id));
    const text = tidy(labels.map((label) => label?.textContent ?? '').join(' '));
    if (text) return text;
  }
  const label = tidy(element.getAttribute('aria-label'));
  if (label) return label;
  if (element.labels?.length) return tidy([...element.labels].map((it) => it.textContent).join(' '));
  if (element.alt) return tidy(element.alt);
  if (element.matches('input[type=button], input[type=submit]')) return tidy(element.value);
  return spoken(element) || tidy(element.title) || tidy(element.placeholder);
}

function visible(element) {
  if (element.closest('[aria-hidden=true], [inert]')) return false;
  // A check box may be drawn by its label, the field itself having no size.
  const shown = element.matches('input[type=checkbox], input[type=radio]')
    ? (element.closest('label') ?? element)
    : element;
  const box = shown.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(shown).visibility !== 'hidden';
}

function ofRole(role) {
  const explicit = [...document.querySelectorAll(`[role="${role}"]`)];
  const implicit = TAGS[role] ? [...document.querySelectorAll(TAGS[role])] : [];
  return [...explicit, ...implicit.filter((it) => !it.hasAttribute('role'))].filter(visible);
}

if (how === 'testid') return [...document.querySelectorAll(`[data-testid="${what[0]}"]`)].filter(visible);
const found = ofRole(what[0]);
if (how === 'inside') {
  const line = (it) => it.closest('li, [role=row]')?.textContent.includes(what[2]);
  return found.filter((it) => name(it) === what[1] && line(it));
}
if (how === 'named') return found.filter((it) => name(it) === what[1]);
return found.filter((it) => name(it).includes(what[1]));
