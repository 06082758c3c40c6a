/** A learning as far as fit is judged by it. */
export type FitFacts = {
  number: number;
  ventureId: string | null;
  sector: string | null;
  businessModel: string | null;
  topics: readonly string[];
  learntOn: string;
};
export type About = { ventureId: string; sector: string; businessModel: string; topic: string | null };

const same = (a: string | null, b: string): boolean => a !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

/** One that names another sector or another business model is about others; one that names neither is about all. */
function fitOf(learning: FitFacts, about: About): number | null {
  const { sector, businessModel } = learning;
  const sectorFits = same(sector, about.sector);
  const modelFits = same(businessModel, about.businessModel);
  if ((sector !== null && !sectorFits) || (businessModel !== null && !modelFits)) return null;
  return (sectorFits ? 2 : 0) + (modelFits ? 1 : 0);
}

/** Of the exits of others, what bears on a venture: the closest fit first, then the newest. Its own is no earlier venture's. */
export function fittingLearnings<L extends FitFacts>(learnings: readonly L[], about: About, most: number): L[] {
  return learnings
    .filter(
      ({ ventureId, topics }) =>
        ventureId !== about.ventureId && (about.topic === null || topics.includes(about.topic)),
    )
    .flatMap((learning) => {
      const fit = fitOf(learning, about);
      return fit === null ? [] : [{ learning, fit }];
    })
    .sort(
      (a, b) =>
        b.fit - a.fit ||
        (a.learning.learntOn < b.learning.learntOn ? 1 : a.learning.learntOn > b.learning.learntOn ? -1 : 0) ||
        b.learning.number - a.learning.number,
    )
    .slice(0, most)
    .map(({ learning }) => learning);
}
