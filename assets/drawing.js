"use strict";
/* つなぎ: keys and clicks on a family picture or ecomap. The page is complete without it: every act is a plain form below
 * the picture. Light DOM; nothing is dragged. The picture becomes one stop of the tab key; arrows choose a shape, Enter
 * opens its form, Delete asks for the reason to take it away, Ctrl+Z and Ctrl+Y undo and redo. */
(() => {
	const submit = (selector) => {
		const form = document.querySelector(selector);
		const button = form && form.querySelector("button:not([disabled])");
		if (button) button.click();
		return !!button;
	};

	class Drawing extends HTMLElement {
		connectedCallback() {
			this.svg = this.querySelector("svg");
			this.shapes = [...this.querySelectorAll("g[data-key]")];
			if (!this.svg || !this.shapes.length) return;
			/* an application of its own: arrows belong to it, not to the screen reader's reading cursor */
			this.svg.removeAttribute("aria-labelledby");
			this.svg.setAttribute("role", "application");
			this.svg.setAttribute("aria-label", this.dataset.label);
			this.shapes.forEach((g, i) => {
				const title = g.querySelector("title");
				g.setAttribute("role", "button");
				/* what is written in the shape, then what only the picture shows */
				const written = [...g.querySelectorAll("text")].map((t) => t.textContent).join(" ");
				g.setAttribute("aria-label", written + (title ? (written ? title.textContent.replace(/^.*?）/, "") : title.textContent) : ""));
				g.setAttribute("tabindex", i ? "-1" : "0");
				g.addEventListener("click", () => this.open(g));
				g.addEventListener("focus", () => this.take(g));
			});
			this.addEventListener("keydown", (e) => this.key(e));
			const asked = new URLSearchParams(location.search);
			const now = this.shapes.find((g) => g.dataset.key === (asked.get("who") || asked.get("tie")));
			if (now) this.mark(now);
		}
		mark(g) {
			this.shapes.forEach((x) => {
				x.setAttribute("tabindex", x === g ? "0" : "-1");
				x.classList.toggle("chosen", x === g);
			});
		}
		take(g) {
			this.mark(g);
			g.scrollIntoView({ block: "nearest", inline: "nearest" });
		}
		open(g, part) {
			location.assign(`${this.dataset.base}?who=${encodeURIComponent(g.dataset.key)}#${part || "edit"}`);
		}
		/* The nearest shape in the direction of the arrow; what lies beside counts double. */
		towards(g, dx, dy) {
			const at = (x) => { const b = x.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; };
			const [x, y] = at(g);
			let best = null, least = Infinity;
			for (const other of this.shapes) {
				if (other === g) continue;
				const [ox, oy] = at(other), along = (ox - x) * dx + (oy - y) * dy, aside = Math.abs((ox - x) * dy + (oy - y) * dx);
				if (along <= 1) continue;
				if (along + 2 * aside < least) { least = along + 2 * aside; best = other; }
			}
			return best;
		}
		key(e) {
			const g = e.target.closest("g[data-key]");
			if (!g || e.altKey || e.isComposing) return;
			const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
			if (e.ctrlKey || e.metaKey) return;
			if (arrows[e.key]) {
				const next = this.towards(g, ...arrows[e.key]);
				if (next) next.focus();
			} else if (e.key === "Home" || e.key === "End") {
				this.shapes[e.key === "Home" ? 0 : this.shapes.length - 1].focus();
			} else if (e.key === "Enter" || e.key === " ") {
				this.open(g);
			} else if (e.key === "Delete") {
				this.open(g, "remove");
			} else {
				return;
			}
			e.preventDefault();
		}
	}
	customElements.define("tsu-drawing", Drawing);

	/* Undo keys work anywhere on the page but in a field, where they belong to the typing. */
	document.addEventListener("keydown", (e) => {
		if (!(e.ctrlKey || e.metaKey) || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
		const k = e.key.toLowerCase();
		const done = k === "z" && !e.shiftKey ? submit("form[data-undo]") : k === "y" || (k === "z" && e.shiftKey) ? submit("form[data-redo]") : false;
		if (done) e.preventDefault();
	});

	/* After the browser has gone to the fragment, which takes the focus away. */
	const enter = () => {
		const part = ["#remove", "#edit"].includes(location.hash) ? document.querySelector(location.hash) : null;
		if (!part) return;
		if (part.tagName === "DETAILS") part.open = true;
		const field = part.querySelector("input:not([type=hidden]), select, button, a");
		if (field) field.focus();
	};
	window.addEventListener("load", () => setTimeout(enter, 0));
	window.addEventListener("hashchange", enter);
})();
