/** Keeps the application's own from being found in the folder above. */
export function register(): void {}
