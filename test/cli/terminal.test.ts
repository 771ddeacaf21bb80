import { expect } from "chai";
import { forTerminal, oneLine, writerTo } from "../../src/cli/terminal.js";

describe("texts of others on a terminal", () => {
  it("command nothing: neither the screen, nor its title, nor the direction of a line", () => {
    const evil = "Tin\u001b]0;xong\u0007\u001b[2J\u009b31m\u202eđảo\u2066\b\rđè";

    expect(forTerminal(evil)).to.equal("Tin\ufffd]0;xong\ufffd\ufffd[2J\ufffd31m\ufffdđảo\ufffd\ufffd\ufffdđè");
    expect(forTerminal("một\thai\r\nba\nCột chợ, 100 %")).to.equal("một\thai\r\nba\nCột chợ, 100 %");
  });

  it("stay as they are in a file, where an export has to be the same byte for byte", () => {
    const said: string[] = [];
    const write = (text: string) => said.push(text);

    writerTo({ isTTY: true, write })("a\u001bb");
    writerTo({ write })("a\u001bb");

    expect(said).to.deep.equal(["a\ufffdb", "a\u001bb"]);
  });

  it("are one line, whatever they hold", () => {
    expect(oneLine("Tin sáng\n07:00:00  đã dứt «Tin»\u2028x\ty")).to.equal("Tin sáng 07:00:00  đã dứt «Tin» x y");
  });
});
