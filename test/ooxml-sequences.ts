/**
 * Which children elements have, in which order, and which attributes they need (ECMA-376 part 1, annex A, and part 4 for the
 * transitional form), for the elements that our documents and those of our users' programs hold. Children are in the order
 * of their type's sequence: `a/b` is a choice; `!` says once, `*` any number, `+` at least one, and nothing at most one.
 * A line that begins with `any` has its children in any order.
 */
const RUNS = "r* hyperlink* ins* del* moveFrom* moveTo* sdt* fldSimple* smartTag* proofErr*";
const RANGES =
  "bookmarkStart* bookmarkEnd* commentRangeStart* commentRangeEnd* moveFromRangeStart* moveFromRangeEnd* moveToRangeStart* moveToRangeEnd* permStart* permEnd*";
const RUN_STYLE =
  "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath";
const PARAGRAPH_STYLE =
  "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle";
const FILL = "noFill/solidFill/gradFill/blipFill/pattFill/grpFill";
const EFFECT = "effectLst/effectDag";
const COLOUR = "srgbClr/schemeClr/sysClr/prstClr/scrgbClr/hslClr!";
const COLOUR_CHANGES = "any alpha* lumMod* lumOff* shade* tint* satMod* hueMod* gamma* invGamma* comp* inv* gray*";
const LINE = `${FILL} prstDash/custDash round/bevel/miter headEnd tailEnd extLst`;
const LIST_LEVEL =
  "lnSpc spcBef spcAft buClrTx/buClr buSzTx/buSzPct/buSzPts buFontTx/buFont buNone/buAutoNum/buChar/buBlip tabLst defRPr extLst";
const CHARACTERS = `ln ${FILL} ${EFFECT} highlight uLnTx/uLn uFillTx/uFill latin ea cs sym hlinkClick hlinkMouseOver rtl extLst`;
const LEVELS = Array.from({ length: 9 }, (_, i) => `lvl${i + 1}pPr`).join(" ");
const BEHAVIOURS =
  "any par* seq* excl* anim* animClr* animEffect* animMotion* animRot* animScale* cmd* set* audio* video*";
const SHAPES = "sp* grpSp* graphicFrame* cxnSp* pic* contentPart*";

/** By the names that the namespaces have in our documents. */
export const sequences: Readonly<Record<string, string>> = {
  "w:document": "background body!",
  "w:body": `any p* tbl* sdt* altChunk* sectPr ${RANGES} ins* del*`,
  "w:ftr": `any p+ tbl* sdt* ${RANGES}`,
  "w:hdr": `any p+ tbl* sdt* ${RANGES}`,
  "w:p": `any pPr ${RUNS} ${RANGES}`,
  "w:pPr": `${PARAGRAPH_STYLE} rPr sectPr pPrChange`,
  "w:rPr": `ins del moveFrom moveTo ${RUN_STYLE} rPrChange`,
  "w:pPrChange": "pPr!",
  "w:numPr": "ilvl numId ins",
  "w:tabs": "tab+",
  "w:r":
    "any rPr t* delText* instrText* delInstrText* tab* br* cr* fldChar* drawing* sym* noBreakHyphen* softHyphen* lastRenderedPageBreak* pict* footnoteReference* footnoteRef*",
  "w:ins": `any ${RUNS} ${RANGES}`,
  "w:del": `any ${RUNS} ${RANGES}`,
  "w:moveFrom": `any ${RUNS} ${RANGES}`,
  "w:moveTo": `any ${RUNS} ${RANGES}`,
  "w:drawing": "any wp:inline* wp:anchor*",
  "w:tbl": `any tblPr! tblGrid! tr+ ${RANGES}`,
  "w:tblPr":
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
  "w:tblBorders": "top left/start bottom right/end insideH insideV",
  "w:tblCellMar": "top left/start bottom right/end",
  "w:tblGrid": "gridCol* tblGridChange",
  "w:tr": `any tblPrEx trPr tc+ ${RANGES}`,
  "w:trPr": "any cnfStyle gridBefore gridAfter cantSplit trHeight tblHeader jc hidden ins del trPrChange",
  "w:tc": `any tcPr p+ tbl* sdt* ${RANGES}`,
  "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
  "w:sectPr":
    "headerReference/footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
  "w:styles": "docDefaults latentStyles style*",
  "w:docDefaults": "rPrDefault pPrDefault",
  "w:rPrDefault": "rPr",
  "w:pPrDefault": "pPr",
  "w:style":
    "name! aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr*",
  "w:numbering": "numPicBullet* abstractNum* num* numIdMacAtCleanup",
  "w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl*",
  "w:lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
  "w:num": "abstractNumId! lvlOverride*",
  "wp:inline": "extent! effectExtent docPr! cNvGraphicFramePr a:graphic!",
  "wp:docPr": "a:hlinkClick a:hlinkHover a:extLst",
  "pic:pic": "nvPicPr! blipFill! spPr!",
  "pic:nvPicPr": "cNvPr! cNvPicPr!",
  "pic:blipFill": "a:blip a:srcRect a:tile/a:stretch",
  "pic:spPr": `a:xfrm a:custGeom/a:prstGeom ${inDrawing(FILL)} a:ln`,
  "a:graphic": "graphicData!",
  "a:blip": "any alphaModFix* extLst",
  "a:stretch": "fillRect",
  "a:xfrm": "off ext chOff chExt",
  "a:prstGeom": "avLst",
  "a:custGeom": "avLst gdLst ahLst cxnLst rect pathLst!",
  "a:avLst": "gd*",
  "a:gdLst": "gd*",
  "a:cxnLst": "cxn*",
  "a:cxn": "pos!",
  "a:pathLst": "path*",
  "a:path": "any close* moveTo* lnTo* arcTo* quadBezTo* cubicBezTo*",
  "a:moveTo": "pt!",
  "a:lnTo": "pt!",
  "a:ln": LINE,
  "a:solidFill": COLOUR,
  "a:srgbClr": COLOUR_CHANGES,
  "a:schemeClr": COLOUR_CHANGES,
  "a:bodyPr": "prstTxWarp noAutofit/normAutofit/spAutoFit scene3d sp3d/flatTx extLst",
  "a:lstStyle": `defPPr ${LEVELS} extLst`,
  "a:lvl1pPr": LIST_LEVEL,
  "a:lvl2pPr": LIST_LEVEL,
  "a:lvl3pPr": LIST_LEVEL,
  "a:p": "pPr r/br/fld* endParaRPr",
  "a:pPr": LIST_LEVEL,
  "a:lnSpc": "spcPct/spcPts!",
  "a:spcBef": "spcPct/spcPts!",
  "a:r": "rPr t!",
  "a:br": "rPr",
  "a:rPr": CHARACTERS,
  "a:defRPr": CHARACTERS,
  "a:endParaRPr": CHARACTERS,
  "a:theme": "themeElements! objectDefaults extraClrSchemeLst custClrLst extLst",
  "a:themeElements": "clrScheme! fontScheme! fmtScheme! extLst",
  "a:clrScheme": "dk1! lt1! dk2! lt2! accent1! accent2! accent3! accent4! accent5! accent6! hlink! folHlink! extLst",
  "a:fontScheme": "majorFont! minorFont! extLst",
  "a:majorFont": "latin! ea! cs! font* extLst",
  "a:minorFont": "latin! ea! cs! font* extLst",
  "a:fmtScheme": "fillStyleLst! lnStyleLst! effectStyleLst! bgFillStyleLst!",
  "p:presentation":
    "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz! smartTags embeddedFontLst custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst",
  "p:sldMaster": "cSld! clrMap! sldLayoutIdLst transition timing hf txStyles extLst",
  "p:sldLayout": "cSld! clrMapOvr transition timing hf extLst",
  "p:sld": "cSld! clrMapOvr transition timing extLst",
  "p:notes": "cSld! clrMapOvr extLst",
  "p:notesMaster": "cSld! clrMap! hf notesStyle extLst",
  "p:cSld": "bg spTree! custDataLst controls extLst",
  "p:bg": "bgPr/bgRef!",
  "p:bgPr": `${inDrawing(FILL)} ${inDrawing(EFFECT)} extLst`,
  "p:spTree": `any nvGrpSpPr! grpSpPr! ${SHAPES} extLst`,
  "p:grpSp": `any nvGrpSpPr! grpSpPr! ${SHAPES} extLst`,
  "p:nvGrpSpPr": "cNvPr! cNvGrpSpPr! nvPr!",
  "p:grpSpPr": `a:xfrm ${inDrawing(FILL)} ${inDrawing(EFFECT)}`,
  "p:sp": "nvSpPr! spPr! style txBody extLst",
  "p:nvSpPr": "cNvPr! cNvSpPr! nvPr!",
  "p:cNvSpPr": "a:spLocks a:extLst",
  "p:cNvPr": "a:hlinkClick a:hlinkHover a:extLst",
  "p:nvPr": "ph audioCd/wavAudioFile/audioFile/videoFile/quickTimeFile custDataLst extLst",
  "p:spPr": `a:xfrm a:custGeom/a:prstGeom ${inDrawing(FILL)} a:ln ${inDrawing(EFFECT)}`,
  "p:txBody": "a:bodyPr! a:lstStyle a:p+",
  "p:cxnSp": "nvCxnSpPr! spPr! style extLst",
  "p:nvCxnSpPr": "cNvPr! cNvCxnSpPr! nvPr!",
  "p:cNvCxnSpPr": "a:cxnSpLocks a:stCxn a:endCxn a:extLst",
  "p:txStyles": "titleStyle bodyStyle otherStyle extLst",
  "p:titleStyle": inDrawing(`defPPr ${LEVELS}`),
  "p:bodyStyle": inDrawing(`defPPr ${LEVELS}`),
  "p:otherStyle": inDrawing(`defPPr ${LEVELS}`),
  "p:notesStyle": inDrawing(`defPPr ${LEVELS}`),
  "p:sldIdLst": "sldId*",
  "p:sldMasterIdLst": "sldMasterId*",
  "p:sldLayoutIdLst": "sldLayoutId*",
  "p:notesMasterIdLst": "notesMasterId",
  "p:timing": "tnLst bldLst extLst",
  "p:tnLst": `${BEHAVIOURS}`,
  "p:bldLst": "any bldP* bldGraphic* bldDgm* bldOleChart*",
  "p:par": "cTn!",
  "p:seq": "cTn! prevCondLst nextCondLst",
  "p:cTn": "stCondLst endCondLst endSync iterate childTnLst subTnLst",
  "p:childTnLst": BEHAVIOURS,
  "p:stCondLst": "cond+",
  "p:prevCondLst": "cond+",
  "p:nextCondLst": "cond+",
  "p:cond": "tgtEl/tn/rtn",
  "p:tgtEl": "sldTgt/sndTgt/spTgt/inkTgt!",
  "p:set": "cBhvr! to",
  "p:animEffect": "cBhvr! progress",
  "p:cBhvr": "cTn! tgtEl! attrNameLst",
  "p:attrNameLst": "attrName+",
  "p:to": "boolVal/intVal/fltVal/strVal/clrVal!",
};

/** Lists that may not be empty, or have fewer children than this. */
export const least: Readonly<Record<string, number>> = {
  "p:tnLst": 1,
  "p:bldLst": 1,
  "p:childTnLst": 1,
  "a:fillStyleLst": 3,
  "a:lnStyleLst": 3,
  "a:effectStyleLst": 3,
  "a:bgFillStyleLst": 3,
};

/** Attributes that elements need; `#` after one says that it is a whole number, `+` that it is none below zero. */
export const attributes: Readonly<Record<string, string>> = {
  "w:ins": "w:id# w:author",
  "w:del": "w:id# w:author",
  "w:moveFrom": "w:id# w:author",
  "w:moveTo": "w:id# w:author",
  "w:moveFromRangeStart": "w:id# w:author w:name",
  "w:moveToRangeStart": "w:id# w:author w:name",
  "w:pPrChange": "w:id# w:author",
  "w:bookmarkStart": "w:id# w:name",
  "w:bookmarkEnd": "w:id#",
  "w:pStyle": "w:val",
  "w:numId": "w:val#",
  "w:ilvl": "w:val#",
  "w:sz": "w:val+",
  "w:szCs": "w:val+",
  "w:gridCol": "w:w+",
  "w:tcW": "w:w# w:type",
  "w:tblW": "w:w# w:type",
  "w:pgSz": "w:w+ w:h+",
  "w:pgMar": "w:top# w:right# w:bottom# w:left# w:header# w:footer# w:gutter#",
  "w:footerReference": "w:type r:id",
  "w:headerReference": "w:type r:id",
  "w:fldChar": "w:fldCharType",
  "w:abstractNum": "w:abstractNumId#",
  "w:num": "w:numId#",
  "w:lvl": "w:ilvl#",
  "w:tab": "",
  "wp:inline": "distT+ distB+ distL+ distR+",
  "wp:extent": "cx+ cy+",
  "wp:docPr": "id+ name",
  "pic:cNvPr": "id+ name",
  "a:off": "x# y#",
  "a:chOff": "x# y#",
  "a:chExt": "cx+ cy+",
  "a:gd": "name fmla",
  "a:cxn": "ang",
  "a:pos": "x y",
  "a:pt": "x y",
  "a:rect": "l t r b",
  "a:prstGeom": "prst",
  "a:srgbClr": "val",
  "a:schemeClr": "val",
  "a:alpha": "val#",
  "a:spcPts": "val+",
  "a:stCxn": "id+ idx+",
  "a:endCxn": "id+ idx+",
  "a:graphicData": "uri",
  "p:cNvPr": "id+ name",
  "p:sldId": "id+ r:id",
  "p:sldMasterId": "r:id",
  "p:sldLayoutId": "r:id",
  "p:notesMasterId": "r:id",
  "p:sldSz": "cx+ cy+",
  "p:notesSz": "cx+ cy+",
  "p:spTgt": "spid+",
  "p:bldP": "spid+ grpId+",
  "p:clrMap": "bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink",
};

/** Values that attributes may have, where a program refuses others. */
export const values: Readonly<Record<string, string>> = {
  "w:fldChar w:fldCharType": "begin separate end",
  "w:jc w:val": "left center right both start end distribute",
  "w:pgSz w:orient": "portrait landscape",
  "w:multiLevelType w:val": "singleLevel multilevel hybridMultilevel",
  "w:suff w:val": "tab space nothing",
  "a:prstDash val": "solid dot dash lgDash dashDot lgDashDot lgDashDotDot sysDash sysDot sysDashDot sysDashDotDot",
  "a:tailEnd type": "none triangle stealth diamond oval arrow",
  "a:headEnd type": "none triangle stealth diamond oval arrow",
  "a:tailEnd w": "sm med lg",
  "a:tailEnd len": "sm med lg",
  "a:ln cmpd": "sng dbl thickThin thinThick tri",
  "a:bodyPr anchor": "t ctr b",
  "a:bodyPr wrap": "none square",
  "a:pPr algn": "l ctr r just justLow dist thaiDist",
  "p:cTn presetClass": "entr exit emph path verb mediacall",
  "p:cTn nodeType": "clickEffect withEffect afterEffect mainSeq interactiveSeq clickPar withGroup afterGroup tmRoot",
  "p:cTn fill": "remove freeze hold transition",
  "p:animEffect transition": "in out none",
};

/** Elements of the other file formats' drawing part within those of a part. */
function inDrawing(children: string): string {
  return children
    .split(" ")
    .map((slot) =>
      slot
        .split("/")
        .map((name) => `a:${name}`)
        .join("/"),
    )
    .join(" ");
}
