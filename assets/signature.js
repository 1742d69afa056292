/* <sig-pad data-for="ID">: a place to sign by pen, finger or mouse; the drawing goes as PNG into the hidden field ID. Without script
 * or without drawing there are the scan and the paper (the form says so). Light DOM, no style attributes. */
"use strict";
customElements.define("sig-pad", class extends HTMLElement {
	connectedCallback() {
		this.field = document.getElementById(this.dataset.for);
		if (!this.field) /* the field stands behind the element: wait for it */
			return document.addEventListener("DOMContentLoaded", () => this.connectedCallback(), { once: true });
		if (this.canvas)
			return;
		const group = document.createElement("div");
		group.setAttribute("role", "group");
		group.setAttribute("aria-label", "手書きの署名");
		this.canvas = document.createElement("canvas");
		this.canvas.width = 640;
		this.canvas.height = 200;
		this.canvas.setAttribute("role", "img");
		this.canvas.setAttribute("aria-label", "署名を書くところ。書けないときは、下の「署名のスキャン」かメモを使ってください。");
		const clear = document.createElement("button");
		clear.type = "button";
		clear.className = "plain";
		clear.textContent = "署名を消す";
		clear.addEventListener("click", () => this.clear());
		group.append(this.canvas, clear);
		this.append(group);
		this.pen = this.canvas.getContext("2d");
		this.clear(true);
		this.bring();
		this.canvas.addEventListener("pointerdown", e => this.down(e));
		this.canvas.addEventListener("pointermove", e => this.move(e));
		for (const end of ["pointerup", "pointercancel"])
			this.canvas.addEventListener(end, () => this.up());
	}

	/* The page came back with a fault: what was drawn is drawn again. */
	bring() {
		if (!this.field.value.startsWith("data:image/png;base64,"))
			return;
		const image = new Image();
		image.addEventListener("load", () => this.pen.drawImage(image, 0, 0));
		image.src = this.field.value;
	}

	clear(keep) {
		this.pen.fillStyle = "#fff";
		this.pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
		if (!keep)
			this.field.value = "";
	}

	at(e) {
		const r = this.canvas.getBoundingClientRect();
		return [(e.clientX - r.left) * this.canvas.width / r.width, (e.clientY - r.top) * this.canvas.height / r.height];
	}

	down(e) {
		this.drawing = true;
		this.canvas.setPointerCapture(e.pointerId);
		this.pen.strokeStyle = "#000";
		this.pen.lineWidth = 3;
		this.pen.lineCap = this.pen.lineJoin = "round";
		this.pen.beginPath();
		this.pen.moveTo(...this.at(e));
		this.pen.lineTo(...this.at(e));
		this.pen.stroke();
		e.preventDefault();
	}

	move(e) {
		if (!this.drawing)
			return;
		this.pen.lineTo(...this.at(e));
		this.pen.stroke();
	}

	up() {
		if (!this.drawing)
			return;
		this.drawing = false;
		this.field.value = this.canvas.toDataURL("image/png");
	}
});
