/** What the workbench shows one at a time, in the order of its navigation. */
export const views = [
  { id: 'overview', title: 'Overview' },
  { id: 'features', title: 'Features' },
  { id: 'tuning', title: 'Tuning' },
  { id: 'segments', title: 'Segments' },
  { id: 'kpis', title: 'KPIs' },
  { id: 'value', title: 'Value' },
  { id: 'tables', title: 'Tables' },
  { id: 'notebooks', title: 'Notebooks' },
] as const;

export type View = (typeof views)[number]['id'];

/** The view that an address names by its fragment, such as `#features` or `#notebooks/rfm.ipynb`; the first where it names none. */
export function viewOfHash(hash: string): View {
  const [view = ''] = hash.split('/');
  return views.find(({ id }) => `#${id}` === view)?.id ?? 'overview';
}

export function viewTitle(view: View): string {
  return views.find(({ id }) => id === view)?.title ?? '';
}
