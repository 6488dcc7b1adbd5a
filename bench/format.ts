export const formatCount = (n: number): string => Math.round(n).toLocaleString('en');

export const perSecond = (n: number, ms: number): string => `${formatCount((n * 1000) / ms)}/s`;

export const formatMs = (ms: number): string => `${ms < 20 ? ms.toFixed(1) : formatCount(ms)} ms`;

export const formatMb = (bytes: number): string => `${formatCount(bytes / 1e6)} MB`;

export const formatTimes = (ratio: number): string => `${ratio < 20 ? ratio.toFixed(1) : formatCount(ratio)} ×`;

export const formatKb = (bytes: number): string => `${formatCount(bytes / 1e3)} kB`;
