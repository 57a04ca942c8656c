// Pages in Firefox, over WebDriver BiDi: node firefox.mjs PROGRAM, with [{open, click, type, ask}] on standard input.
// Each visit opens an address and clicks what it names; what `ask` comes to, with all that the page complained of, goes
// to standard output.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const visits = JSON.parse(readFileSync(0, "utf8"));
// Debian’s Firefox knows no viewport by BiDi: the window is as narrow as it lets itself be made.
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.argv[2],
  headless: true,
  defaultViewport: null,
  args: ["--width=500", "--height=800"],
});
const found = [];
try {
  for (const { open, click = [], type = [], ask } of visits) {
    const page = await browser.newPage();
    const said = [];
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`error: ${error.message}`));
    await page.goto(open, { waitUntil: "load" });
    for (const selector of click) await page.click(selector);
    for (const [selector, text] of type) await page.type(selector, text);
    found.push({ answer: await page.evaluate(ask), url: page.url(), said });
    await page.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(found));
