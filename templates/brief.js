
"use strict";
/* 표의 머리글을 누르면 그 칸의 차례로 줄을 놓는다: 수는 큰 것부터, 글은 가나다순, 세 번째에는 본래대로. 값이 없는 줄과 합계는 늘 끝에 있다. */
(function () {
  const collator = new Intl.Collator("ko", { numeric: true });
  const units = { "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12 };
  const none = /^[-–—−]?$/;

  function text(row, column) {
    return row.cells[column].textContent.trim();
  }

  /* 1,234  −3  △3  +1.5%  12건  1억 2천만 원; 수가 아니면 NaN */
  function number(word) {
    const parts = /^([-−△▽▼+]?)\s*([\d][\d,.조억만천 ]*)\s*[^\d\s]{0,4}$/.exec(word);
    if (!parts)
      return NaN;
    const digits = parts[2].replace(/[, ]/g, "");
    if (!/^(\d+(\.\d+)?[조억만천]*)+$/.test(digits))
      return NaN;
    let sum = 0;
    for (const piece of digits.matchAll(/(\d+(?:\.\d+)?)([조억만천]*)/g))
      sum += [...piece[2]].reduce((value, unit) => value * units[unit], Number(piece[1]));
    return "-−△▽▼".includes(parts[1]) && parts[1] ? -sum : sum;
  }

  function compare(column, numeric, sign) {
    return function (a, b) {
      const left = text(a, column), right = text(b, column);
      if (none.test(left) || none.test(right))
        return none.test(left) - none.test(right);
      return sign * (numeric ? number(left) - number(right) : collator.compare(left, right));
    };
  }

  function prepare(table) {
    const body = table.tBodies[0], rows = [...body.rows];
    const heads = [...table.querySelectorAll("thead th[data-column]")];
    for (const head of heads) {
      const column = Number(head.dataset.column);
      const values = rows.map((row) => text(row, column)).filter((word) => !none.test(word));
      const numeric = values.every((word) => !Number.isNaN(number(word)));
      const orders = numeric ? ["descending", "ascending", "none"] : ["ascending", "descending", "none"];
      const button = document.createElement("button");
      button.type = "button";
      if (head.querySelector("a")) {
        button.setAttribute("aria-label", head.textContent.trim() + " 정렬");
      } else {
        button.append(...head.childNodes);
      }
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        const order = orders[(orders.indexOf(head.getAttribute("aria-sort")) + 1) % 3];
        for (const other of heads)
          other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", order);
        const sorted = order === "none" ? rows
          : [...rows].sort(compare(column, numeric, order === "ascending" ? 1 : -1));
        body.append(...sorted);
      });
    }
  }

  document.querySelectorAll("table.sorts").forEach(prepare);
})();
