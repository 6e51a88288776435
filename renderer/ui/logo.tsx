/** Three layers, the newest on top. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 19 29 25 16 31 3 25z" fill="var(--layer-gold)" />
      <path d="M16 11 29 17 16 23 3 17z" fill="var(--layer-silver)" stroke="var(--card)" />
      <path d="M16 2 29 8 16 14 3 8z" fill="var(--layer-features)" stroke="var(--card)" />
    </svg>
  );
}
