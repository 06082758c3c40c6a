import type { NextConfig } from "next";

const config: NextConfig = {
  // A second build or dev server beside the running one needs its own folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // The launcher prints 127.0.0.1; without this, a dev server refuses its own page its scripts.
  allowedDevOrigins: ["127.0.0.1"],
  poweredByHeader: false,
  reactStrictMode: true,
  // DBOS and pg load files of their own at run time and must stay outside the bundle.
  serverExternalPackages: ["@dbos-inc/dbos-sdk", "pg", "pg-copy-streams", "pino", "@node-rs/argon2", "exceljs"],
  // The proxy hands on only so much of a body; imports are files of up to 50 MB.
  experimental: { authInterrupts: true, proxyClientMaxBodySize: "51mb" },
};

export default config;
