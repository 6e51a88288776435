import { Component, type ReactNode } from 'react';

interface FaultBoundaryProps {
  readonly renderFault: (error: unknown, again: () => void) => ReactNode;
  readonly children: ReactNode;
}

type Fault = { readonly kind: 'none' } | { readonly kind: 'met'; readonly error: unknown };

/** Keeps a fault in one place from taking the rest of the page with it. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly fault: Fault }> {
  override state: { readonly fault: Fault } = { fault: { kind: 'none' } };

  static getDerivedStateFromError(error: unknown): { fault: Fault } {
    return { fault: { kind: 'met', error } };
  }

  readonly #again = (): void => this.setState({ fault: { kind: 'none' } });

  override render(): ReactNode {
    const { fault } = this.state;
    return fault.kind === 'met'
      ? this.props.renderFault(fault.error, this.#again)
      : this.props.children;
  }
}
