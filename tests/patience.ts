import { configure } from '@testing-library/react';

// A test that waits longer than this has failed, however busy the machine is. Milliseconds.
configure({ asyncUtilTimeout: 15_000 });
