export type VentureName = { slug: string; name: string; sector: string };

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Names that begin with the words come before those that contain them; accents do not matter. */
export function searchVentures(ventures: readonly VentureName[], query: string, most = 8): VentureName[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  const rank = (venture: VentureName): number => {
    const words = plain(`${venture.name} ${venture.sector}`).split(/[\s-]+/);
    if (wanted.every((part, index) => words[index]?.startsWith(part))) return 0;
    if (wanted.every((part) => words.some((word) => word.startsWith(part)))) return 1;
    return wanted.every((part) => words.join(" ").includes(part)) ? 2 : 3;
  };
  return ventures
    .map((venture) => ({ venture, rank: rank(venture) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.venture.name.localeCompare(b.venture.name, "en"))
    .slice(0, most)
    .map((found) => found.venture);
}
