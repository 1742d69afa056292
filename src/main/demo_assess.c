/* Assessments of the demo: about 120 people in the care of a centre (four areas) or an office (23 items), in all states. All texts
 * are invented. */
#include "base/house.h"
#include "base/str.h"
#include "care/assess.h"
#include "care/issue_sheet.h"
#include "main/demo_acts.h"
#include "register/task.h"

#include <string.h>

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0xD6E8FEB86659FD93u + (uint64_t)(p->block * 757 + p->house * 131 + salt * 6151 + p->sex);
	z = (z ^ z >> 32) * 0xD6E8FEB86659FD93u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

#define PICK(p, salt, list) (list)[mix((p), (salt), (int)(sizeof(list) / sizeof((list)[0])))]

/* --- what people say --- */

static const char *const words[] = {"この家で最期まで暮らしたい。人の世話にはなるべくなりたくない。", "もう一度、ひとりでお墓参りに行きたい。", "娘に迷惑をかけたくない。でも施設はまだ早いと思っている。",
	"畑に出られなくなったのがいちばんさびしい。", "お風呂だけは、ゆっくり一人で入りたい。", "みんなと体操するのが楽しみ。休みたくない。", "夜が長くてさびしい。誰かと話したい。",
	"病院はもういい。家がいい。", "孫の結婚式に歩いて出たい。", "台所に立つと、まだやれると思える。"};
static const char *const wishes[] = {"転ばないようにして、今の暮らしを続けたい。", "買い物に自分で行けるようになりたい。", "もの忘れが進まないようにしたい。", "膝の痛みを軽くして、外に出たい。", "入浴を安心してできるようにしたい。"};
static const char *const family[] = {"一人のときに転ばないか心配。見守りがほしい。", "仕事があるので、日中の様子が分かると安心する。", "本人の好きなようにさせてあげたい。", "火の始末と薬の飲み忘れが気になる。", "自分たちの体力も落ちてきて、先のことが不安。"};
static const char *const judgements[] = {"下肢の筋力と持久力が落ち、外出が減っている。運動の機会があれば改善が見込める。", "浴槽のまたぎが不安定で、転倒の心配がある。手すりと見守りで一人入浴を続けられる。", "膝の痛みで立ち座りが減り、家事の量も減っている。",
	"夜間の排泄の回数が多く、ふらつきがある。動線の照明が要る。", "段取りに手助けがあれば、調理は続けられる。"};

struct said {
	const char *code;
	const char *fact[3];
};
static const struct said SAID[] = {
	{"a02_life", {"結婚後、夫婦で商店を営んだ。今は庭の手入れと新聞を楽しみに暮らす。", "会社員として定年まで勤めた。妻を亡くしてから一人暮らし。", "農家で働きづめだった。今も朝は早く起き、畑を見に行く。"}},
	{"a04_resources", {"通いの場（週1回）、民生委員の訪問（月1回）。", "配食サービスを週3回。近所の方がごみ出しを手伝う。", "介護保険のサービスはまだ使っていない。"}},
	{"a07_complaint", {"本人: 足腰を強くしたい。", "本人: 入浴が不安。家族: 転倒が心配。", "本人: 困っていることはない。家族: もの忘れが気になる。"}},
	{"a11_adl", {"屋内は伝い歩き、屋外はつえ。浴槽のまたぎに手すりが要る。", "屋外は歩行車。階段は手すりを両手で持つ。", "歩行は安定しているが、立ち上がりに時間がかかる。"}},
	{"a12_iadl", {"買い物は長女が週1回。調理は簡単なものを自分でする。", "掃除機は重くてかけられない。洗濯は自分でする。", "金銭の管理は自分でしている。書類は苦手。"}},
	{"a13_cognition", {"日時はおおむね分かる。同じ話をくり返すことがある。", "もの忘れの自覚がある。通帳の置き場所を忘れた。", "判断に問題はない。"}},
	{"a14_comm", {"右の耳が遠い。ゆっくり話すと伝わる。", "新聞を読み、電話もできる。", "補聴器を持っているが、あまり使わない。"}},
	{"a15_rhythm", {"6時起床、21時就寝。午後は座って過ごすことが多い。", "昼寝が長く、夜に眠れない日がある。", "体操の日は活動的だが、ほかの日は家で過ごす。"}},
	{"a16_excretion", {"夜間3回トイレに起きる。尿もれ用のパッドを使う。", "便秘気味で、下剤を飲んでいる。", "自立している。"}},
	{"a17_clean", {"入浴は週2回。足のつめが自分で切れない。", "皮膚の乾燥がある。清潔は保たれている。", "洗髪を面倒がることがある。"}},
	{"a18_oral", {"総入れ歯。合わなくなってきた。", "残りの歯は12本。毎食後に磨いている。", "口の乾きを訴える。"}},
	{"a19_meal", {"1日3食。肉や魚が少なく、体重が半年で2キロ減った。", "配食を2回に分けて食べている。むせることがある。", "食欲はある。塩分を控えている。"}},
	{"a20_social", {"通いの場に友人がいる。自治会の役は退いた。", "近所付き合いが減り、話し相手は電話の妹。", "孫の送り迎えを手伝っている。"}},
	{"a22_home", {"持ち家の2階建て。玄関の上がりかまちが高い。浴室に手すりがない。", "団地の3階、エレベーターなし。", "平屋。段差は少ないが、物が多く通路が狭い。"}},
	{"a23_other", {"とくになし。", "年金だけの生活で、出費を気にしている。", "災害のときの避難に手助けが要る。"}},
};

static struct assess_item_input *input(struct ctx *c, struct assess_view *v, struct assess_input *in, const char *code)
{
	for (size_t i = 0; i < in->n_items; i++)
		if (str_eq(in->items[i].code, code))
			return &in->items[i];
	for (size_t i = 0; i < v->n_items; i++) {
		struct assess_item *it = &v->items[i];
		if (!str_eq(it->def->code, code) || !it->may_write)
			continue;
		struct assess_item_input *x = &in->items[in->n_items++];
		*x = (struct assess_item_input){.code = code, .row = it->row, .parts = ARENA_ARRAY(c->arena, it->n_parts + 1, struct assess_pair)};
		for (size_t k = 0; k < it->n_parts; k++)
			x->parts[x->n_parts++] = (struct assess_pair){it->parts[k].def->part, it->parts[k].value};
		return x;
	}
	return NULL;
}

/* A scale: the frailer, the heavier. */
static const char *scale_of(const struct demo_person *p, const char *kind, int salt)
{
	static const char *const four[] = {"self", "watch", "part", "full"};
	int heavy = p->frailty + mix(p, salt, 45) - 50;
	if (str_eq(kind, "assess_scale_s"))
		return heavy > 20 ? "trouble" : "ok";
	return four[heavy < 15 ? 0 : heavy < 32 ? 1 : heavy < 60 ? 2 : 3];
}

static void say_parts(struct ctx *c, const struct demo_person *p, struct assess_view *v, struct assess_item_input *x, int salt)
{
	for (size_t i = 0; i < v->n_items; i++)
		for (size_t k = 0; k < v->items[i].n_parts && str_eq(v->items[i].def->code, x->code); k++) {
			const struct law_assess_item *d = v->items[i].parts[k].def;
			if (str_starts(d->kind, "assess_scale"))
				x->parts[k].value = scale_of(p, d->kind, salt + (int)k * 7);
		}
	(void)c;
}

static void say_health(struct ctx *c, const struct demo_person *p, struct assess_input *in, struct assess_view *v)
{
	struct assess_item_input *x = input(c, v, in, "a10_health");
	if (!x)
		return;
	for (size_t k = 0; k < x->n_parts; k++) {
		if (str_eq(x->parts[k].key, "height"))
			x->parts[k].value = arena_fmt(c->arena, "%d", (p->sex == 1 ? 156 : 142) + mix(p, 700, 14));
		if (str_eq(x->parts[k].key, "weight"))
			x->parts[k].value = arena_fmt(c->arena, "%d", (p->sex == 1 ? 48 : 40) + mix(p, 701, 20));
		if (str_eq(x->parts[k].key, "bp"))
			x->parts[k].value = arena_fmt(c->arena, "%d/%d", 118 + mix(p, 702, 34), 62 + mix(p, 703, 24));
		if (str_eq(x->parts[k].key, "visit"))
			x->parts[k].value = mix(p, 704, 2) ? "かかりつけ医に月1回" : "3か月ごとの受診";
		if (str_eq(x->parts[k].key, "drug"))
			x->parts[k].value = mix(p, 705, 2) ? "朝・夕の内服。薬局は青葉町の薬局" : "一包化。飲み忘れがときどきある";
	}
	x->row.state = "filled";
	x->row.fact = mix(p, 706, 2) ? "血圧は落ち着いている。膝の痛みがある。" : "めまいがときどきある。転倒は半年で1回。";
}

static void say_items(struct ctx *c, const struct demo_person *p, struct assess_input *in, struct assess_view *v, bool all)
{
	for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++) {
		struct assess_item_input *x = input(c, v, in, SAID[i].code);
		if (!x || (!all && mix(p, 720 + (int)i, 3) == 0))
			continue;
		x->row.fact = SAID[i].fact[mix(p, 740 + (int)i, 3)];
		x->row.state = "filled";
		x->row.source = mix(p, 760 + (int)i, 3) ? "person" : "person|family";
		say_parts(c, p, v, x, 780 + (int)i * 31);
	}
	say_health(c, p, in, v);
	static const char *const issues[][2] = {{"a11_adl", "浴槽のまたぎが不安定で、転倒の心配がある"}, {"a12_iadl", "重い物の買い物と掃除が負担で、家事の量が減っている"},
		{"a20_social", "外出と人に会う機会が減り、気分が沈みやすい"}, {"a19_meal", "食事の量と種類が減り、低栄養のおそれがある"}, {"a22_home", "玄関の段差と浴室に手すりがなく、外出と入浴が不安"},
		{"a13_cognition", "日付と約束を忘れることが増え、薬の飲み忘れがある"}, {"a18_oral", "入れ歯が合わず、かめる物が限られている"}};
	for (int k = 0; k < 3; k++) {
		int which = (mix(p, 800, 7) + k * 2) % 7;
		struct assess_item_input *x = input(c, v, in, issues[which][0]);
		if (x) {
			x->row.is_issue = true;
			x->row.judgement = issues[which][1];
		}
	}
	static const char *const rest[] = {"a01_basic", "a03_social_security", "a05_adl_rank", "a06_dem_rank", "a08_cert", "a09_reason", "a21_family"};
	for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
		struct assess_item_input *x = input(c, v, in, rest[i]);
		if (x && (all || mix(p, 820 + (int)i, 2)))
			x->row.state = "filled";
		if (x && str_eq(rest[i], "a21_family"))
			x->row.fact = p->alone ? "一人暮らし。長女が週末に来る。" : p->spouse ? "夫婦二人暮らし。互いに通院している。" : "長男の家族と同居。日中は一人になる。";
	}
}

static void say_areas(const struct demo_person *p, struct assess_input *in)
{
	static const char *const status[4][3] = {
		{"つえで10分ほど歩ける。階段は手すりが要る。", "屋内は伝い歩き。外出は通院だけ。", "歩行は安定しているが、長く歩くと膝が痛む。"},
		{"調理と洗濯は自分でする。掃除と買い物は長女が手伝う。", "家事はほぼ自分でしている。重い物の買い物がむずかしい。", "火の消し忘れがあり、調理は電子レンジにした。"},
		{"通いの場に月2回通う。友人との電話が楽しみ。", "外出が減り、話し相手が少ない。", "家族との会話はあるが、地域とのつながりは薄い。"},
		{"血圧の薬を飲んでいる。食事は1日2食になりがち。", "定期受診はできている。入れ歯が合わない。", "体重が減っている。夜間のトイレの回数が多い。"}};
	static const char *const intent[] = {"続けていきたい。", "少しずつでも外に出たい。", "家族に頼りすぎたくない。", "今のままでよいと思っている。"};
	static const char *const issue[] = {"膝の痛みと活動量の低下で、筋力が落ちている。", "手助けがないと家事の負担が大きい。", "人と会う機会が減り、気分が沈みやすい。", "食事の量が減り、低栄養のおそれがある。"};
	for (int i = 0; i < ASSESS_AREAS; i++) {
		bool has = mix(p, 850 + i, 3) > 0;
		in->areas[i].status_text = status[i][mix(p, 860 + i, 3)];
		in->areas[i].intent = intent[mix(p, 870 + i, 4)];
		in->areas[i].has_issue = has ? "1" : "2";
		in->areas[i].issue = has ? issue[i] : "";
	}
}

static void say_head(struct ctx *c, const struct demo_person *p, struct t_assessment *r, int again)
{
	r->done_on = c->today;
	r->reason = again ? mix(p, 880 + again, 3) ? "renew" : "life_change" : "first";
	r->place = p->whole || mix(p, 881, 12) ? "home" : "hospital";
	r->place_reason = str_eq(r->place, "hospital") ? "入院中のため病室で面接した。退院のあと、居宅を訪問する。" : "";
	r->interviewee = p->whole ? "本人、長女" : p->alone || mix(p, 882, 3) ? "本人" : "本人、長女";
	r->met_person = r->purpose_told = true;
	r->met_family = !str_eq(r->interviewee, "本人");
	r->own_words = PICK(p, 883 + again, words);
	r->wish_person = PICK(p, 884, wishes);
	r->wish_family = PICK(p, 885, family);
	r->told = "これからの支援の流れと、サービスを選べることを説明した。";
	r->understood = mix(p, 886, 4) ? "うなずきながら聞き、分からないところは聞き返された。" : "説明の途中で疲れた様子だったので、二回に分けた。";
	r->advocate = p->alone ? "長女（電話で相談）" : "同居の家族";
	r->overall = PICK(p, 887, judgements);
}

/* --- the act --- */

static int writer(struct demo *d, struct ctx *c, const struct demo_person *p)
{
	if (p->office < 0)
		return demo_who_zone(d, p->zone, mix(p, 890, 2) ? ROLE_CENTRE_NURSE : ROLE_CENTRE_CHIEF_CM);
	if (p->office <= PLACE_OFFICE2 && mix(p, 10, 3))
		return demo_who(d, p->office == PLACE_OFFICE1 ? "cm1" : "cm2");
	return demo_who(d, arena_fmt(c->arena, "kanri%02d", p->office - PLACE_OFFICE1 + 1));
}

static err begin(struct ctx *c, const struct demo_person *p, const struct assess_row *before, struct assess_view *v)
{
	const char *pid;
	if (!before)
		return assess_new(c, p->pid, v);
	TRY(assess_copy(c, before->pid, &pid));
	return assess_get(c, pid, v);
}

/* The plan of an older assessment stands. */
static err plan_made(struct ctx *c, const struct demo_person *p)
{
	struct task_filter f = TASK_OPEN();
	struct task_row *t;
	size_t n;
	f.person_id = p->id;
	f.kind = "plan_due";
	TRY(task_list(c, &f, &t, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].table_name, "assessment"))
			TRY(task_done(c, t[i].pid, "計画を作りました。"));
	return OK;
}

/* m: days to today, the newest are still being written. */
err demo_act_assess(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct assess_view v;
	struct assess_row *rows;
	const char *pid, *sheet;
	size_t n;
	if (!p->has_charge && p->office < 0)
		return OK;
	demo_as(d, c, writer(d, c, p));
	TRY(assess_list(c, p->pid, &rows, &n));
	if (n && (!str_eq(rows[0].status, "confirmed") || rows[0].done_on > c->today - 120))
		return OK;
	TRY(begin(c, p, n ? &rows[0] : NULL, &v));
	struct assess_input in = {.person_pid = v.person_pid, .pid = v.is_new ? "" : v.row.pid, .row = v.row, .items = ARENA_ARRAY(c->arena, v.n_items + 1, struct assess_item_input)};
	for (size_t i = 0; i < ASSESS_AREAS; i++)
		in.areas[i] = v.areas[i];
	bool unfinished = e->m < 25 && mix(p, 895, 3) > 0, prevention = p->office < 0;
	in.row.view = prevention ? "prevention" : "home";
	say_head(c, p, &in.row, (int)n);
	if (unfinished && mix(p, 896, 2))
		in.row.place = in.row.interviewee = "";
	if (!n || !unfinished)
		say_items(c, p, &in, &v, !unfinished && !prevention);
	if (prevention && !unfinished)
		say_areas(p, &in);
	TRY(assess_save(c, &in, &pid, NULL));
	if (unfinished)
		return OK;
	TRY(assess_confirm(c, pid, true));
	if (e->m > 20)
		TRY(plan_made(c, p));
	return mix(p, 897, 3) ? OK : issue_sheet_make(c, pid, &sheet);
}

/* About six in a hundred people of the town, soon after a certification; a third of them a second time. */
void demo_plan_assessments(struct demo *d)
{
	size_t want = d->n_people * 8 / 100 + 3, have = 0;
	for (size_t i = 0; i < d->n_people && have < want; i++) {
		struct demo_person *p = &d->people[i];
		const struct demo_cert *k = p->n_certs ? &p->cert[p->n_certs - 1] : NULL;
		if (!k || k->decided_on == CIVIL_NONE || k->decided_on + 30 >= d->today || str_eq(k->level, "none") || mix(p, 898, 3) == 0)
			continue;
		civil first = k->decided_on + 6 + mix(p, 899, 12), late = d->today - mix(p, 901, 40);
		bool fresh = mix(p, 900, 5) == 0;
		demo_plan(d, demo_instant(d, fresh ? late : first), 0, p, demo_act_assess)->m = fresh ? d->today - late : d->today - first;
		if (!fresh && mix(p, 902, 3) == 0 && first + 150 < late)
			demo_plan(d, demo_instant(d, late), 0, p, demo_act_assess)->m = d->today - late;
		have++;
	}
}
