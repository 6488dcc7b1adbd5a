import { fireEvent, screen } from '@testing-library/react';

/** Opens sections of the configuration page, by title, that are folded. */
export function openSections(...titles: string[]): void {
  for (const title of titles) {
    const button = screen.getByRole('heading', { name: title }).closest('section')!.querySelector('button')!;
    if (button.getAttribute('aria-expanded') === 'false') {
      fireEvent.click(button);
    }
  }
}
