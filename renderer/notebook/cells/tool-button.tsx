import type { ReactNode } from 'react';
import classes from './cell.module.css';

interface ToolButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** A small button without words of its own; a plain one, for a page may have thousands. */
export function ToolButton({ label, icon, pressed, disabled = false, onClick }: ToolButtonProps) {
  return (
    <button
      type="button"
      className={classes['tool']}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}
