// Puts a peer's engine in the place of the product's: --import after scripts/resolve.mjs, with BENCH_PEER=dbos|langgraph.
import { registerHooks } from "node:module";

const root = new URL("../../", import.meta.url);
const here = (file) => new URL(`bench/stage/${file}`, root).href;
const peer = process.env.BENCH_PEER;
const SWAPPED = {
  "lib/workflows/engine.ts": here(`${peer}-engine.${peer === "dbos" ? "ts" : "mjs"}`),
  "lib/workflows/fence.ts": here("plain-fence.ts"),
  ...(peer === "langgraph" ? { "lib/workflows/transport.ts": here("langgraph-transport.mjs") } : {}),
};

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const swapped = found.url.startsWith(root.href) ? SWAPPED[found.url.slice(root.href.length)] : undefined;
    return swapped ? { ...found, url: swapped } : found;
  },
});
