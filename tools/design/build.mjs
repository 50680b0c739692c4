// Compiles govuk.scss and vendors the fonts into the design room's static folder. Run by `npm run build`.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "../../src/comity/desk/design/static/design");
const fonts = join(target, "fonts");

// Which slices of which family are shipped. Numbered slices hold the Han characters; the other alphabets come from the Latin families.
const letters = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"];
const han = (slice) => /^\[\d+\]$/.test(slice) || slice === "latin";
const western = (slice) => letters.includes(slice) || slice === "greek" || slice === "math";
const families = [
  { package: "noto-sans", name: "Noto Sans", sheets: ["wght", "wght-italic"], keep: western },
  { package: "noto-serif", name: "Noto Serif", sheets: ["wght", "wght-italic"], keep: western },
  { package: "noto-sans-mono", name: "Noto Sans Mono", sheets: ["wght"], keep: western },
  { package: "noto-sans-sc", name: "Noto Sans SC", sheets: ["wght"], keep: han },
  { package: "noto-serif-sc", name: "Noto Serif SC", sheets: ["wght"], keep: han },
];

rmSync(fonts, { recursive: true, force: true });
mkdirSync(fonts, { recursive: true });

let faces = "/* Written by tools/design/build.mjs. Fonts: SIL Open Font License 1.1, see fonts/OFL-*.txt. */\n";
for (const family of families) {
  const root = join(modules, "@fontsource-variable", family.package);
  cpSync(join(root, "LICENSE"), join(fonts, `OFL-${family.package}.txt`));
  for (const sheet of family.sheets) {
    const css = readFileSync(join(root, `${sheet}.css`), "utf8");
    for (const [, label, body] of css.matchAll(/\/\* (\S+) \*\/\s*@font-face \{([^}]*)\}/g)) {
      const slice = label.slice(family.package.length + 1).replace(/-wght-(normal|italic)$/, "");
      // A Greek or mathematical italic would be shipped for nothing.
      if (!family.keep(slice) || (label.endsWith("italic") && !letters.includes(slice))) continue;
      const file = body.match(/url\(\.\/files\/([^)]+)\)/)[1];
      cpSync(join(root, "files", file), join(fonts, file));
      const face = body
        .replace(/font-family: '[^']*'/, `font-family: "${family.name}"`)
        .replace(/url\([^)]*\) format\('woff2-variations'\)/, `url("fonts/${file}") format("woff2")`);
      faces += `@font-face{${face.replace(/\s*\n\s*/g, "").replace(/: /g, ":").replace(/;$/, "")}}\n`;
    }
  }
}
writeFileSync(join(target, "fonts.css"), faces);

const version = JSON.parse(readFileSync(join(modules, "govuk-frontend/package.json"), "utf8")).version;
const compiled = sass.compile(join(here, "govuk.scss"), { loadPaths: [modules], style: "compressed" });
writeFileSync(
  join(target, "govuk.css"),
  `/* govuk-frontend ${version}, MIT licence (GOVUK-LICENCE.txt), compiled by tools/design/build.mjs with the desk's palette and fonts. */\n${compiled.css.replace(/^\uFEFF/, "")}\n`,
);
