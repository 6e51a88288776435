import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';

function option(value: string, icon: ReactNode, words: string) {
  return {
    value,
    label: (
      <span style={{ display: 'grid', placeItems: 'center', height: 18 }} title={words}>
        {icon}
        <VisuallyHidden>{words}</VisuallyHidden>
      </span>
    ),
  };
}

const options = [
  option('light', <IconSun size={15} aria-hidden="true" />, 'Light'),
  option('dark', <IconMoon size={15} aria-hidden="true" />, 'Dark'),
  option('auto', <IconDeviceDesktop size={15} aria-hidden="true" />, 'As the system'),
];

export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Colours"
      value={colorScheme}
      onChange={(value) => {
        if (value === 'light' || value === 'dark' || value === 'auto') setColorScheme(value);
      }}
      data={options}
    />
  );
}
