import { Select } from '@mantine/core';

export interface Preset {
  readonly name: string;
  readonly description: string;
}

interface PresetSelectProps {
  readonly presets: readonly Preset[];
  readonly value: string;
  readonly onChange: (preset: string) => void;
}

/** What the fields of the records mean. */
export function PresetSelect({ presets, value, onChange }: PresetSelectProps) {
  return (
    <Select
      label="Preset"
      description={
        presets.find((preset) => preset.name === value)?.description ??
        'What the fields of the records mean.'
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder="Choose one"
      data={presets.map((preset) => preset.name)}
      value={value === '' ? null : value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  );
}
