/** "brightwater-payroll-kauri-capital-aud-r2.pdf" */
export const statementFileName = (slug: string, name: string, currency: string, version: number): string =>
  `${`${slug}-${name}-${currency}`
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 100)}-r${version}.pdf`;

/** Holders of one name, or whose names have no Latin letters, share a file's name: in one folder each gets its own, in order. */
export function namedApart<File extends { name: string }>(files: readonly File[]): File[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const times = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, times);
    return times === 1 ? file : { ...file, name: file.name.replace(/\.pdf$/, `-${times}.pdf`) };
  });
}
