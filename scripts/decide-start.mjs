// What a start may do when others run beside it. Pure: who runs is asked in running.mjs.

/**
 * @typedef {{ pid: number, address: string, dist: string, data: string, state: "starting" | "serving" }} Running
 * @typedef {{
 *   holder: Running | null,
 *   others: readonly Running[],
 *   dist: string,
 *   installed: boolean,
 *   current: boolean,
 * }} Situation
 *   `holder` runs with this data folder, `others` from this checkout; `installed` and `current` say whether dependencies
 *   and build are of the present sources.
 * @typedef {{ do: "serve" | "build" } | { do: "leave" | "refuse", sentence: string }} Decision
 */

const beside = "A second one beside it needs a folder and a port of its own: DATA_DIR=.data/second PORT=3001 npm start";

/**
 * @param {Situation} situation
 * @returns {Decision}
 */
export function decideStart({ holder, others, dist, installed, current }) {
  if (holder) return { do: "leave", sentence: `Chairman already runs here: ${holder.address}\n  ${beside}` };
  const [first] = others;
  if (!installed && first) {
    return { do: "refuse", sentence: `The dependencies have changed, and ${runsFrom(first)}. ${stopIt(first)}` };
  }
  if (installed && current) return { do: "serve" };
  const serving = others.find((other) => other.dist === dist && other.state === "serving");
  if (serving) {
    return {
      do: "refuse",
      sentence: `The sources have changed since the last build, and ${runsFrom(serving)}. ${stopIt(serving)}`,
    };
  }
  return { do: "build" };
}

const runsFrom = ({ address }) => `Chairman runs from this folder at ${address}`;
const stopIt = ({ pid }) => `Its files were left alone: stop it first (process ${pid}), then start again.`;
