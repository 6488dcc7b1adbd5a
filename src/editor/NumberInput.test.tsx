import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { NumberInput } from './NumberInput';

function field(saved: number | undefined, fallback?: number) {
  const changes: Array<number | undefined> = [];
  function Field() {
    const [value, setValue] = useState(saved);
    const onChange = (next: number | undefined): void => {
      changes.push(next);
      setValue(next);
    };
    return <NumberInput id="days" min={1} max={100} fallback={fallback} value={value} onChange={onChange} />;
  }
  render(<Field />);
  const input = screen.getByRole('spinbutton');
  const write = (text: string): void => {
    fireEvent.change(input, { target: { value: text } });
    fireEvent.blur(input);
  };
  return { input, write, changes };
}

test('a default is the value where none is saved', () => {
  const { input, changes } = field(undefined, 40);
  expect(input).toHaveValue(40);
  fireEvent.blur(input);
  expect(changes).toEqual([]);
});

test('an emptied field has the default again, which is not saved', () => {
  const { input, write, changes } = field(30, 40);
  write('');
  expect(input).toHaveValue(40);
  write('');
  expect(input).toHaveValue(40);
  expect(changes).toEqual([undefined, undefined]);
});

test('a default that is written out is not saved', () => {
  const { input, write, changes } = field(30, 40);
  write('40');
  expect(input).toHaveValue(40);
  expect(changes).toEqual([undefined]);
});

test('a number beyond the bounds becomes the nearest, also where that is what was saved', () => {
  const { input, write, changes } = field(1);
  write('0');
  expect(input).toHaveValue(1);
  write('500');
  expect(input).toHaveValue(100);
  expect(changes).toEqual([1, 100]);
});

test('a field without a default is empty where nothing is saved', () => {
  const { input, write, changes } = field(30);
  write('');
  expect(input).toHaveValue(null);
  expect(changes).toEqual([undefined]);
});
