import { fireEvent, screen } from '@testing-library/react';

/** Opens sections of the configuration page, by title, that are folded. */
export function openSections(...titles: string[]): void {
  for (const title of titles) {
    for (const heading of screen.getAllByRole('heading', { name: title })) {
      const button = heading.closest('section')!.querySelector('button')!;
      if (button.getAttribute('aria-expanded') === 'false') {
        fireEvent.click(button);
      }
    }
  }
}
