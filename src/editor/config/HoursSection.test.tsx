import { fireEvent, render, screen } from '@testing-library/react';
import { HoursSection } from './HoursSection';

test('hours and holidays are lines; one that cannot be read is named beside them', () => {
  const onChange = jest.fn();
  render(<HoursSection settings={{ businessHours: ['Mon-Fri 08:00-18:00', 'always'] }} onChange={onChange} />);
  expect(screen.getByText(/"always" can't be read/)).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText(/Holidays/), { target: { value: '2026-12-25\n12-31 to 01-01' } });
  expect(onChange).toHaveBeenCalledWith({ holidays: ['2026-12-25', '12-31 to 01-01'] });
  fireEvent.change(screen.getByLabelText(/Weekly hours/), { target: { value: '' } });
  expect(onChange).toHaveBeenLastCalledWith({ businessHours: [] });
});
