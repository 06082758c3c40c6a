// Lets Node run the project's TypeScript as it is: "@/…" is the root, and an import may leave out ".ts".
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = new URL("../", import.meta.url);

function withExtension(url) {
  if (/\.[cm]?[jt]sx?$|\.json$/.test(url.pathname)) return url.href;
  const file = fileURLToPath(url);
  for (const ending of [".ts", ".tsx"]) if (existsSync(file + ending)) return pathToFileURL(file + ending).href;
  return url.href;
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "server-only") return { url: "data:text/javascript,", shortCircuit: true };
    if (specifier.startsWith("@/")) return next(withExtension(new URL(specifier.slice(2), root)), context);
    if (
      specifier.startsWith(".") &&
      context.parentURL?.startsWith(root.href) &&
      !context.parentURL.includes("/node_modules/")
    ) {
      return next(withExtension(new URL(specifier, context.parentURL)), context);
    }
    return next(specifier, context);
  },
});
