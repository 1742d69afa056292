/* BAD_PASSWORD(word) — what people in such offices choose first. A password is refused when, after small letters and
 * without digits and signs at both ends, nothing but such words (repeated or joined) is left. */
BAD_PASSWORD("password") BAD_PASSWORD("passwd") BAD_PASSWORD("pass") BAD_PASSWORD("pasuwado") BAD_PASSWORD("passphrase")
BAD_PASSWORD("qwerty") BAD_PASSWORD("qwertyuiop") BAD_PASSWORD("asdfgh") BAD_PASSWORD("asdfghjkl") BAD_PASSWORD("zxcvbnm")
BAD_PASSWORD("abc") BAD_PASSWORD("abcd") BAD_PASSWORD("abcdef") BAD_PASSWORD("abcdefgh") BAD_PASSWORD("admin")
BAD_PASSWORD("administrator") BAD_PASSWORD("kanri") BAD_PASSWORD("kanrisha") BAD_PASSWORD("root") BAD_PASSWORD("test")
BAD_PASSWORD("user") BAD_PASSWORD("login") BAD_PASSWORD("welcome") BAD_PASSWORD("letmein") BAD_PASSWORD("iloveyou")
BAD_PASSWORD("sakura") BAD_PASSWORD("doraemon") BAD_PASSWORD("pokemon") BAD_PASSWORD("tsunagi") BAD_PASSWORD("houkatsu")
BAD_PASSWORD("shien") BAD_PASSWORD("center") BAD_PASSWORD("centre") BAD_PASSWORD("sentaa") BAD_PASSWORD("kaigo")
BAD_PASSWORD("kango") BAD_PASSWORD("hoken") BAD_PASSWORD("fukushi") BAD_PASSWORD("caremane") BAD_PASSWORD("caremanager")
BAD_PASSWORD("chiiki") BAD_PASSWORD("yakusho") BAD_PASSWORD("shiyakusho") BAD_PASSWORD("japan") BAD_PASSWORD("nippon")
BAD_PASSWORD("tokyo") BAD_PASSWORD("osaka") BAD_PASSWORD("baseball") BAD_PASSWORD("yakyuu") BAD_PASSWORD("secret")
BAD_PASSWORD("windows") BAD_PASSWORD("computer") BAD_PASSWORD("reiwa") BAD_PASSWORD("heisei") BAD_PASSWORD("showa")
