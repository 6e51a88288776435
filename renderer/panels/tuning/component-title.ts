interface Component {
  readonly loadings: readonly number[];
  readonly share: number;
}

/** A feature counts among those that a component mostly is from this share of the largest loading on. */
const counts = 0.6;
const most = 3;

/** What an axis mostly is: the features with the largest loadings, those that pull the other way after "against", and the share of variance. */
export function componentTitle(
  component: Component | undefined,
  features: readonly { readonly label: string }[],
): string {
  if (component === undefined) return 'Principal component';
  const largest = Math.max(...component.loadings.map(Math.abs));
  const chief = component.loadings
    .map((loading, at) => ({ loading, label: features[at]?.label ?? `feature ${at + 1}` }))
    .filter(({ loading }) => loading !== 0 && Math.abs(loading) >= counts * largest)
    .sort((a, b) => Math.abs(b.loading) - Math.abs(a.loading))
    .slice(0, most);
  const named = (sign: number): string =>
    chief
      .filter(({ loading }) => loading * sign > 0)
      .map(({ label }) => label)
      .join(' + ');
  const [up, down] = [named(1), named(-1)];
  const words = down === '' ? up : up === '' ? `less ${down}` : `${up} against ${down}`;
  return `${words} (${(component.share * 100).toFixed(0)}% of variance)`;
}
