// The bundle goes to build/web of the source tree. The theme stays a file of its own (thema.css), so
// that a municipality replaces it: at build time (VROEGSEIN_THEME=FILE) or in the folder itself.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { defineConfig, type Plugin } from "vite";

const out = resolve(__dirname, "../../build/web");
const themeFile = process.env.VROEGSEIN_THEME ?? resolve(__dirname, "theme/vroegsein.css");

// A theme of the NL Design System sets its tokens on a class of its own (.utrecht-theme); on :root it
// works without the page knowing its name.
function themeOnRoot(): string {
  return readFileSync(themeFile, "utf8").replace(/(^|[\s,}])\.[\w-]+-theme(?=\s*[,{])/g, "$1:root");
}

function theme(): Plugin {
  return {
    name: "vroegsein-theme",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "thema.css", source: themeOnRoot() });
    },
    configureServer(server) {
      server.middlewares.use("/thema.css", (_request, response) => {
        response.setHeader("Content-Type", "text/css");
        response.end(themeOnRoot());
      });
    },
  };
}

// begin.ts is a script of its own, so small that it is there long before the bundle. It stands before it in
// the page, and shares no chunk with it: that would be one more thing to wait for.
function begin(): Plugin {
  let address = "";
  return {
    name: "vroegsein-begin",
    apply: "build",
    async generateBundle() {
      const entry = resolve(__dirname, "src/begin.ts");
      const made = await build({
        entryPoints: [entry],
        bundle: true,
        minify: true,
        write: false,
        target: "es2022",
        format: "iife",
      });
      const source = made.outputFiles[0]?.text;
      if (!source) throw new Error("begin.ts gave no script");
      const file = this.emitFile({ type: "asset", name: "begin.js", source });
      address = `/${this.getFileName(file)}`;
    },
    transformIndexHtml: {
      order: "post",
      handler: () => [{ tag: "script", attrs: { async: true, src: address }, injectTo: "head-prepend" }],
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

// Brotli at its best takes too long for a server to do while somebody waits. thema.css stays out: who
// replaces it would otherwise have to know of its twin.
function compressed(): Plugin {
  return {
    name: "vroegsein-compressed",
    apply: "build",
    closeBundle() {
      for (const path of filesBelow(join(out, "assets")).filter((p) => /\.(js|css|svg)$/.test(p))) {
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), quality));
      }
    },
  };
}

export default defineConfig({
  plugins: [theme(), begin(), compressed()],
  esbuild: { jsx: "automatic" },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // no data: addresses: the Content-Security-Policy refuses them
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
