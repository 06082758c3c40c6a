import type { NextConfig } from "next";

const config: NextConfig = {
  // A second build or dev server beside the running one needs its own folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // The launcher prints 127.0.0.1; without this, a dev server refuses its own page its scripts.
  allowedDevOrigins: ["127.0.0.1"],
  poweredByHeader: false,
  reactStrictMode: true,
  // The tests check the types of all there is; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // These load files of their own at run time and must stay outside the bundle.
  serverExternalPackages: [
    "@dbos-inc/dbos-sdk",
    "pg",
    "pg-copy-streams",
    "pino",
    "@node-rs/argon2",
    "exceljs",
    "pdfkit",
    "fontkit",
    "subset-font",
  ],
  experimental: {
    authInterrupts: true,
    // A start builds once per version, so it pays for no more than it needs: nothing is kept for a next build, and the
    // server's code keeps its names instead of being minified and mapped back (131 s of processor time became 76).
    turbopackFileSystemCacheForBuild: false,
    turbopackMinify: { server: false, client: true },
    turbopackSourceMaps: false,
    turbopackInputSourceMaps: false,
    // The proxy hands on only so much of a body; imports are files of up to 50 MB.
    proxyClientMaxBodySize: "51mb",
    // A cap table package comes through an action, its files encoded as text.
    serverActions: { bodySizeLimit: "16mb" },
  },
};

export default config;
